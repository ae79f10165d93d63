import { join } from "node:path";
import { demoEnv, startDemoModel, writeDemoAgentDir } from "@pier/demo-model";
import { afterAll, onTestFinished } from "vitest";
import { findPi } from "../../src/agent/find-pi.ts";
import { readPiVersion } from "../../src/agent/pi-version.ts";
import { AgentClient } from "./agent-client.ts";
import { AgentHost } from "./agent-host.ts";

/** The pi under test: the bundled one, or the one that PIER_TEST_PI names. */
const program = findPi(process.env.PIER_TEST_PI, {});

/** Its version. */
export const piVersion = await readPiVersion(program, process.env as Record<string, string>);
export const model = await startDemoModel();
afterAll(() => model.close());

/** A session on the pi under test and the demo model. */
export async function realSession(settings = {}): Promise<{ host: AgentHost; client: AgentClient }> {
  const environment: Record<string, string> = {};
  const host = new AgentHost({ pi: () => Promise.resolve({ program, version: piVersion }), environment });
  onTestFinished(() => host[Symbol.asyncDispose]());
  const agentFolder = join(host.folder, "agent");
  await writeDemoAgentDir(agentFolder, { port: model.port, settings });
  Object.assign(environment, demoEnv(agentFolder, process.env, { home: host.folder }));
  return { host, client: await AgentClient.attach(host, (await host.create()).id) };
}
