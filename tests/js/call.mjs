// {module, function, rows} on standard input → JSON of the function's answers, one a row.

import { readFileSync } from "node:fs";

const { module, function: name, rows } = JSON.parse(readFileSync(0, "utf8"));
const called = (await import(module))[name];
console.log(JSON.stringify(rows.map((row) => called(...row))));
