// Checks custom resources, a JSON list on standard input, against the operators' own types:
// values by the packages' validators, unknown fields by the TypeScript compiler.
// Prints a JSON list of complaints.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const PACKAGES = {
  "keda.sh": "@kubernetes-models/keda",
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
};
const SOURCE = fileURLToPath(new URL("resources.ts", import.meta.url));

const resources = JSON.parse(readFileSync(0, "utf8"));
const complaints = [];
const lines = [];
for (const [number, resource] of resources.entries()) {
  const { apiVersion, kind } = resource;
  const name = `${kind} ${resource.metadata.name}`;
  const path = `${PACKAGES[apiVersion.split("/")[0]]}/${apiVersion}/${kind}`;
  const model = (await import(path))[kind];
  try {
    new model(resource).validate();
  } catch (error) {
    complaints.push(`${name}: ${error.message}`);
  }
  lines.push(`import type { I${kind} as T${number} } from "${path}";`);
  lines.push(`export const r${number}: T${number} = ${JSON.stringify(resource)};`);
}

const options = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  types: [],
};
const host = ts.createCompilerHost(options);
const [exists, read] = [host.fileExists, host.readFile];
host.fileExists = (path) => path === SOURCE || exists(path);
host.readFile = (path) => (path === SOURCE ? lines.join("\n") : read(path));
for (const found of ts.getPreEmitDiagnostics(ts.createProgram([SOURCE], options, host))) {
  complaints.push(ts.flattenDiagnosticMessageText(found.messageText, " "));
}
console.log(JSON.stringify(complaints));
