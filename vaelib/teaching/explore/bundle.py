"""Join ES modules into one text, each in a scope of its own, for pages that may fetch nothing.

Known are the forms that the course writes: `import { a, b as c } from`, `import * as a from`,
`import a from "….json"`, exports of a const, a function or a class, and `export { a } from`.
"""

import json
import re

IMPORT = re.compile(r'^import (\{[^}]+\}|\* as \w+|\w+) from "(.+?)".*;\n', re.MULTILINE)
AGAIN = re.compile(r'^export \{([^}]+)\} from "(.+?)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|let|function|class) (\w+))", re.MULTILINE)


def bundle(path, known=None):
    """The text that defines the module at `path` and all that it imports, and its name in it.

    known : {path: name} of modules that the surrounding text has already, by resolved paths
    """
    text, [name] = bundle_all([path], known)
    return text, name


def bundle_all(paths, known=None):
    """The same for several modules: one text, and the name of each."""
    names, parts = dict(known or {}), []
    found = [_add(path.resolve(), names, parts) for path in paths]
    lines = (line.strip() for text in parts for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")), found


def _add(path, names, parts):
    """Append the module's scope to `parts`, behind those of its imports; its name."""
    if path in names:
        return names[path]
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        body, exports = "", {"default": json.dumps(json.loads(text))}
    else:
        again = [
            (_add((path.parent / other).resolve(), names, parts), each.strip())
            for some, other in AGAIN.findall(text)
            for each in some.split(",")
            if each.strip()
        ]
        own = EXPORT.findall(text)
        body = EXPORT.sub("", AGAIN.sub("", text))
        body = IMPORT.sub(lambda found: _taken(found, path, names, parts), body)
        exports = {each: each for each in own} | {each: f"{home}.{each}" for home, each in again}
    name = names[path] = f"M{len(names)}"
    inner = ", ".join(key if key == value else f"{key}: {value}" for key, value in exports.items())
    parts.append(f"const {name} = (() => {{\n{body}\nreturn {{ {inner} }};\n}})();\n")
    return name


def _taken(found, path, names, parts):
    """An import as a constant."""
    what, other = found.groups()
    home = _add((path.parent / other).resolve(), names, parts)
    if what.startswith("{"):
        return f"const {what.replace(' as ', ': ')} = {home};\n"
    if what.startswith("*"):
        return f"const {what.removeprefix('* as ')} = {home};\n"
    return f"const {what} = {home}.default;\n"
