"""Where the course is public, from one setting: `[project.urls] Repository` in pyproject.toml.

Without it the site has no buttons that lead to other services, and says no address of its own.
"""

import tomllib
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[2]
BINDER = "https://mybinder.org/v2/gh"
COLAB = "https://colab.research.google.com/github"
BRANCH = "colab"  # of the repository: the copies that Colab opens
GIT_PULL = "https://nbgitpuller.readthedocs.io/en/latest/link.html"  # asks for the hub's address


def repository(pyproject):
    """The address that the text of a pyproject.toml names, without a last slash; "" for none."""
    urls = tomllib.loads(pyproject)["project"].get("urls", {})
    return urls.get("Repository", "").removesuffix("/").removesuffix(".git")


def owner_and_name(address):
    """The last two parts of the address; ValueError where it has not just these."""
    parts = urlsplit(address).path.strip("/").split("/")
    if len(parts) != 2:
        raise ValueError(f"Repository in pyproject.toml: got {address!r}, wanted host/owner/name")
    return parts


def pages(address):
    """Where the host publishes the repository's pages; "" without an address."""
    if not address:
        return ""
    owner, name = owner_and_name(address)
    return f"https://{owner.lower()}.github.io/{name}/"


def launchers(address, path):
    """{service: link that opens the notebook at `path`}; empty without an address.

    Colab takes the copy on its branch, whose first cell installs the package.
    """
    if not address:
        return {}
    owner, name = owner_and_name(address)
    pull = {"tab": "jupyterhub", "repo": address, "branch": "main", "app": "jupyterlab"}
    return {
        "Binder": f"{BINDER}/{owner}/{name}/main?urlpath={quote('lab/tree/' + path, safe='')}",
        "Colab": f"{COLAB}/{owner}/{name}/blob/{BRANCH}/{Path(path).name}",
        "JupyterHub": f"{GIT_PULL}?{urlencode(pull | {'filepath': path})}",
    }


REPOSITORY = repository((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SITE = pages(REPOSITORY)
