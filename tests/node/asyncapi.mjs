// Parses AsyncAPI documents with the official parser; prints a line of JSON for each.
import { Parser, fromFile } from "@asyncapi/parser";

for (const file of process.argv.slice(2)) {
  const { document, diagnostics } = await fromFile(new Parser(), file).parse();
  const found = diagnostics.map(({ severity, path, message }) => ({
    severity,
    path: path.join("."),
    message,
  }));
  console.log(JSON.stringify({ version: document?.version() ?? null, diagnostics: found }));
}
