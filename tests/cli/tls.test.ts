import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { type Certificate, makeCertificate } from "../harness/certificate.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { Elsewhere, here, pairing } from "./elsewhere.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), "pier-tls-"));
let certificate: Certificate;
let daemon: TestDaemon;
let host: string;
beforeAll(async () => {
  // Self-signed, and for a name under which nobody here can reach it.
  certificate = makeCertificate(folder, { names: ["DNS:pier.example"] });
  daemon = await startTestDaemon({ args: ["--tls-cert", certificate.certFile, "--tls-key", certificate.keyFile] });
  ({ host } = new URL(daemon.url));
});
afterAll(async () => {
  await daemon.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const say = (text: string): string => script([{ text }]);

/** A new session on the daemon, on which something was said. */
async function session(): Promise<string> {
  const id = (await here(daemon, "new", "--no-attach")).trim();
  await here(daemon, "send", id, say("Words from before."), "--wait");
  return id;
}

describe("pier on the machine of a daemon with --tls-cert", () => {
  test("every command, trusts the daemon's own certificate and nothing else of it", async () => {
    expect(daemon.url).toMatch(/^https:/);
    const id = (await here(daemon, "new", "--no-attach")).trim();
    expect(await here(daemon, "send", id, say("Over TLS."), "--wait")).toBe("Over TLS.\n");
    expect(await here(daemon, "send", id, say("As records."), "--json")).toContain('"type":"agent_settled"');
    expect(await here(daemon, "ls")).toContain(id.slice(0, 8));
    expect(await here(daemon, "status")).toContain(certificate.fingerprint);
    expect(await here(daemon, "pair")).toContain(certificate.fingerprint);
    const doctor = new Elsewhere().pier(["doctor", "--data-dir", daemon.dataDir]);
    expect((await doctor).stdout).toMatch(/✓ Port +the daemon \(pid \d+\) answers at https:/);
  });

  test("attach, joins in a terminal and without one", async () => {
    const id = await session();
    const machine = new Elsewhere({ PIER_DATA_DIR: daemon.dataDir });
    await machine.terminal("attach", id).shows("Words from before.");
    const ran = await machine.program(["attach", id], `${say("Piped over TLS.")}\n`);
    expect(ran).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("Piped over TLS.") });
  });
});

describe("pier on another machine", () => {
  test("a self-signed certificate, is refused in one sentence before anything is sent", async () => {
    const elsewhere = new Elsewhere();
    const { link } = await pairing(daemon);
    expect(await elsewhere.pier(["attach", link])).toEqual({
      code: 1,
      stdout: "",
      stderr: `pier: The certificate of ${host} is self-signed, so nobody vouches for it: vouch for it with \`pier hosts add\`, or name your own authority in NODE_EXTRA_CA_CERTS.\n`,
    });
    // The code was not used up.
    expect(await elsewhere.pier(["hosts", "add", link, "--fingerprint", certificate.fingerprint])).toMatchObject({
      code: 0,
    });
  });

  test("a fingerprint that a person compared, is kept, and no other certificate will do", async () => {
    const elsewhere = new Elsewhere();
    const id = await session();
    const screen = elsewhere.terminal("hosts", "add", "desk", daemon.url);
    const asked = (await screen.shows("Is it the same? yes/no")).replaceAll("\n", "");
    expect(asked).toContain("is self-signed, so nobody vouches for it");
    expect(asked).toContain(certificate.fingerprint);
    expect(asked).toContain("pier.example");
    screen.enter("yes");
    await screen.shows("Code or link:");
    screen.enter((await pairing(daemon)).code);
    await screen.shows("exit code 0");
    expect(elsewhere.hosts[host]).toMatchObject({
      name: "desk",
      url: daemon.url,
      fingerprint: certificate.fingerprint,
    });
    expect(await elsewhere.program(["send", id, say("From afar."), "--wait", "--host", "desk"])).toMatchObject({
      code: 0,
      stdout: "From afar.\n",
    });
    expect((await elsewhere.program(["send", id, say("Records."), "--json", "--host", "desk"])).stdout).toContain(
      '"type":"agent_settled"',
    );
    const client = elsewhere.terminal("attach", `desk/${id.slice(0, 8)}`);
    await client.shows("Words from before.");
    await daemon.kill();
    const other = makeCertificate(folder, { names: ["DNS:pier.example"] });
    const before = daemon.args.splice(0, 4, "--tls-cert", other.certFile, "--tls-key", other.keyFile);
    await daemon.start();
    onTestFinished(async () => {
      await daemon.kill();
      daemon.args.splice(0, 4, ...before);
      await daemon.start();
    });
    const changed = `${host} shows another certificate than the one you vouched for: somebody may be in between;`;
    const ended = await client.shows("exit code 1");
    expect(ended.replaceAll("\n", "")).toContain(`pier: ${changed}`);
    expect(await elsewhere.pier(["ls", "--host", "desk"])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining(changed),
    });
    expect(await elsewhere.program(["attach", "desk"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(changed),
    });
  });

  test("a person who says no, saves nothing", async () => {
    const elsewhere = new Elsewhere();
    const screen = elsewhere.terminal("hosts", "add", daemon.url);
    await screen.shows("Is it the same? yes/no");
    screen.enter("n");
    await screen.shows("exit code 1");
    expect(screen.text()).toContain("Nothing was saved");
    expect(() => elsewhere.hosts).toThrow(/ENOENT/);
  });

  test("--fingerprint of another certificate, and one that is none, are refused", async () => {
    const elsewhere = new Elsewhere();
    const wrong = certificate.fingerprint.replaceAll(/[0-9A-F]/g, "0");
    expect(await elsewhere.pier(["hosts", "add", daemon.url, "--fingerprint", wrong])).toMatchObject({
      code: 1,
      stderr: `pier: ${host} shows another certificate, ${certificate.fingerprint}: somebody may be in between.\n`,
    });
    expect(await elsewhere.pier(["hosts", "add", daemon.url, "--fingerprint", "ab:cd"])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^pier: --fingerprint takes the SHA-256 of the certificate, 64 hex digits/),
    });
  });

  test("an authority in NODE_EXTRA_CA_CERTS, is enough", async () => {
    const issuer = makeCertificate(folder, {});
    const signed = makeCertificate(folder, { names: ["IP:127.0.0.1"], issuer });
    const url = await serveWith(signed);
    const knows = new Elsewhere({ NODE_EXTRA_CA_CERTS: issuer.certFile });
    expect((await knows.program(["ls", "--host", url])).stderr).toContain("is no Pier daemon");
    expect((await new Elsewhere().program(["ls", "--host", url])).stderr).toMatch(
      /^pier: The certificate of \S+ was issued by somebody this machine does not know \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\): vouch for it/,
    );
  });

  test("a certificate for another name, says for which", async () => {
    const issuer = makeCertificate(folder, {});
    const url = await serveWith(makeCertificate(folder, { names: ["DNS:pier.example", "IP:10.0.0.1"], issuer }));
    const { stderr, code } = await new Elsewhere({ NODE_EXTRA_CA_CERTS: issuer.certFile }).program(["attach", url]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `pier: The certificate of ${new URL(url).host} is for pier.example, 10.0.0.1, not for 127.0.0.1: use a name that it is for, or vouch for it with \`pier hosts add\`.\n`,
    });
  });

  test("a certificate that has expired, says since when", async () => {
    const issuer = makeCertificate(folder, {});
    const url = await serveWith(makeCertificate(folder, { names: ["IP:127.0.0.1"], issuer, expired: true }));
    const { stderr, code } = await new Elsewhere({ NODE_EXTRA_CA_CERTS: issuer.certFile }).program(["attach", url]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^pier: The certificate of \S+ has expired \(\w+ +\d+ [\d:]+ \d+ GMT\): that side needs a new one/,
    );
  });

  test("https:// where no TLS is spoken, and http:// where it is, say so", async () => {
    const plain = await startPlain();
    expect(await new Elsewhere().pier(["ls", "--host", plain.replace("http:", "https:")])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^pier: What answers at https:\S+ does not speak TLS: try http:/),
    });
    expect(await new Elsewhere().pier(["ls", "--host", daemon.url.replace("https:", "http:")])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^pier: What answers at http:\S+ hangs up without a word: .*should it be https:/),
    });
  });

  test("a host that was saved with https://, is not spoken to without", async () => {
    const elsewhere = new Elsewhere();
    const { link } = await pairing(daemon);
    await elsewhere.pier(["hosts", "add", "desk", link, "--fingerprint", certificate.fingerprint]);
    expect(await elsewhere.pier(["ls", "--host", daemon.url.replace("https:", "ws:")])).toMatchObject({
      code: 1,
      stderr: `pier: ${host} is saved with https://: without encryption its token would be readable on the way.\n`,
    });
  });
});

/** A server with a certificate that is no daemon. */
async function serveWith({ cert, key }: Certificate): Promise<string> {
  const server: Server = createServer({ cert, key }, (_request, response) => response.end("<html>"));
  return `https:${await listening(server)}`;
}

async function startPlain(): Promise<string> {
  const { createServer: createPlain } = await import("node:http");
  return `http:${await listening(createPlain((_request, response) => response.end("<html>")))}`;
}

async function listening(server: {
  listen(port: number, host: string): unknown;
  address(): unknown;
  close(): unknown;
}): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server as never, "listening");
  onTestFinished(() => void server.close());
  return `//127.0.0.1:${(server.address() as AddressInfo).port}`;
}
