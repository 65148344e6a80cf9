// Requests to the server that the page came from.

export class Refused extends Error {}

export async function get(address) {
  return checked(await fetch(address, { cache: "no-store" })).then((answer) => answer.json());
}

export async function post(address, data) {
  const head = { method: "POST", headers: { "Content-Type": "application/json" } };
  return checked(await fetch(address, { ...head, body: JSON.stringify(data) }));
}

// An answer that says no is an error; one that no later try can change is Refused.
async function checked(answer) {
  if (answer.ok) return answer;
  const late = answer.status >= 500 || answer.status === 429;
  throw new (late ? Error : Refused)(await answer.text());
}
