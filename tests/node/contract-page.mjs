// Makes readable pages of the contract:
//   node contract-page.mjs asyncapi.yaml FOLDER
// FOLDER/index.html shows the AsyncAPI document with AsyncAPI's own component. It needs no network;
// the script in it opens and closes the details. FOLDER/json gets the JSON Schemas that are beside
// the document, and a page that lists them by `$id` and release.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Parser, fromFile, stringify } from "@asyncapi/parser";
import component from "@asyncapi/react-component";
import { createElement } from "react";
import { renderToString } from "react-dom/server";

const [source, folder] = process.argv.slice(2);
const { document, diagnostics } = await fromFile(new Parser(), source).parse();
if (!document) {
  console.error(diagnostics.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
  process.exit(1);
}

const require = createRequire(import.meta.url);
const asset = (name) => readFileSync(require.resolve(`@asyncapi/react-component/${name}`), "utf8");
// In a script element, "</script" would end it, and "<script" could hide the end from the parser.
const inScript = (text) =>
  text.replace(/<(\/?)(s)(?=cript)/gi, (_, slash, letter) => {
    const code = letter.charCodeAt(0).toString(16);
    return `<${slash && "\\/"}\\x${code}`;
  });

const config = {
  expand: { messageExamples: true },
  show: { sidebar: true },
  sidebar: { showOperations: "byDefault" },
};
const element = createElement(component.default ?? component, { schema: document, config });
const shown = renderToString(element);
const title = `${document.info().title()} ${document.info().version()}`;
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, "index.html"),
  `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}: messages</title>
<style>${asset("styles/default.min.css")}</style>
</head>
<body>
<p style="margin: 1rem"><a href="json/index.html">JSON Schemas by version</a></p>
<div id="page">${shown}</div>
<script>${inScript(asset("browser/standalone/without-parser.js"))}</script>
<script>
const schema = ${inScript(stringify(document))};
const config = ${JSON.stringify(config)};
AsyncApiStandalone.hydrate({ schema, config }, document.getElementById("page"));
</script>
</body>
</html>
`,
);

const json = join(folder, "json");
cpSync(join(dirname(source), "json"), json, { recursive: true });
const files = (place) => readdirSync(join(json, place)).filter((name) => name.endsWith(".json"));
const numbers = (version) => version.split(".").map(Number);
const releases = readdirSync(join(json, "released")).sort((one, other) => {
  const [a, b] = [numbers(one), numbers(other)];
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
});
const row = (name) => {
  const released = releases
    .map((version) => [version, `released/${version}/${name}`])
    .filter(([, file]) => existsSync(join(json, file)))
    .map(([version, file]) => `<a href="${file}">${version}</a>`);
  const { $id } = JSON.parse(readFileSync(join(json, name), "utf8"));
  return `<tr><td><code>${$id}</code><td><a href="${name}">next</a> ${released.join(" ")}`;
};
writeFileSync(
  join(json, "index.html"),
  `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}: JSON Schemas</title>
<style>body { font-family: sans-serif; margin: 2rem } td, th { padding: 0.3rem 1rem; text-align: left }</style>
</head>
<body>
<h1>JSON Schemas</h1>
<p>A message names its schema in the header <code>ce_dataschema</code>. The name ends with the major
version and never changes within it; fields are only added.</p>
<table>
<tr><th><code>$id</code><th>As of release
${files(".").map(row).join("\n")}
</table>
<p><a href="../index.html">All messages</a></p>
</body>
</html>
`,
);
console.log(`wrote ${join(folder, "index.html")} and ${join(json, "index.html")}`);
