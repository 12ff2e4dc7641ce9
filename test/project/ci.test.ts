import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { scratchDirectory } from "../built-program.ts";
import { runRecipe, writeRecipeFiles } from "./recipe-files.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const text = readFileSync(join(root, "docs/ci.md"), "utf8");
const [github, azure] = [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, yaml = ""]) => parse(yaml));
const scripts = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, script = ""]) => script);

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly task?: string;
  readonly bash?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

const steps: { readonly github: readonly Step[]; readonly azure: readonly Step[] } = {
  github: github.jobs.check.steps,
  azure: azure.steps,
};

/** Inputs that each action and task requires or is given, from their own descriptions. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  "actions/checkout@v6": [],
  "actions/setup-node@v6": ["node-version"],
  "azure/login@v3": ["client-id", "tenant-id", "subscription-id"],
  "github/codeql-action/upload-sarif@v4": ["sarif_file", "category"],
  "UseNode@1": ["version"],
  "AzureCLI@2": ["azureSubscription", "scriptType", "scriptLocation", "inlineScript"],
  "PublishTestResults@2": ["testResultsFormat", "testResultsFiles", "testRunTitle"],
  "PublishBuildArtifacts@1": ["PathtoPublish", "ArtifactName"],
};

const scratch = scratchDirectory();
beforeAll(() => {
  writeRecipeFiles(scratch.path);
  mkdirSync(join(scratch.path, "tables"));
  writeFileSync(join(scratch.path, "tables", "vm-app197.json"), readFileSync(join(scratch.path, "routes.json")));
});
afterAll(() => scratch.remove());

const NOBODY = "00000000-0000-0000-0000-000000000000";
const written = (name: string) => readFileSync(join(scratch.path, name), "utf8");
const run = (script: string) =>
  runRecipe(script, scratch.path, { GITHUB_STEP_SUMMARY: join(scratch.path, "summary.md") });
const checks = (script: string | undefined) => script?.includes("vnet-explain check") === true;

describe("docs/ci.md", () => {
  it.each([...steps.github, ...steps.azure].filter(({ uses, task }) => uses ?? task))(
    "$uses$task has the inputs that it knows",
    ({ uses, task, with: given = {}, inputs = given }) => {
      expect(Object.keys(inputs)).toEqual(KNOWN[uses ?? task ?? ""]);
    },
  );

  it("GitHub: signing in and uploading have their permissions", () => {
    expect(github.permissions).toEqual({ contents: "read", "id-token": "write", "security-events": "write" });
    expect(github.on).toHaveProperty("schedule");
  });

  it("GitHub: a violated policy fails the step, after the summary and the findings are written", () => {
    const { status, stderr } = run(steps.github.find((step) => checks(step.run))?.run ?? "");
    expect(status, stderr).toBe(3);
    expect(written("summary.md")).toContain("| all-by-the-firewall | error | violated |");
    const { sarif_file: file } = steps.github.find(({ uses }) => uses?.includes("sarif"))?.with ?? {};
    const [{ results }] = JSON.parse(written(String(file))).runs;
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("policy.yaml");
  });

  it("Azure: a violated policy fails the step, after both reports are written", () => {
    const { status, stderr } = run(steps.azure.find((step) => checks(step.bash))?.bash ?? "");
    expect(status, stderr).toBe(3);
    const input = (task: string, name: string) =>
      String(steps.azure.find((step) => step.task === task)?.inputs?.[name]);
    expect(written(input("PublishTestResults@2", "testResultsFiles"))).toContain('failures="1"');
    expect(JSON.parse(written(input("PublishBuildArtifacts@1", "PathtoPublish"))).version).toBe("2.1.0");
  });

  it("without Azure: the same", () => {
    expect(scripts.map((script) => run(script).status)).toEqual([3]);
  });

  it("both fetch with options that the program has", () => {
    const fetching = [
      steps.github.find(({ run }) => run?.includes("--save"))?.run,
      steps.azure.find(({ inputs }) => inputs?.inlineScript)?.inputs?.inlineScript,
    ];
    for (const script of fetching) {
      const line = /vnet-explain routes (.*)/.exec(String(script))?.[1] ?? "";
      // Without a sign-in the CLI is asked for a token, and is not there or not signed in.
      const { status, stderr } = run(
        `export PATH="$PWD" AZURE_SUBSCRIPTION_ID=${NOBODY} nic=vm-app197; vnet-explain routes ${line}`,
      );
      expect(stderr).toContain("Azure CLI");
      expect(status, stderr).toBe(4);
    }
  });
});
