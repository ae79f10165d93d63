import { scopes } from "@pier/protocol";
import Type from "typebox";
import { authLimits } from "../../limits.ts";
import type { HttpApp, HttpParts } from "../http-app.ts";
import { noControls } from "../pattern-words.ts";

const DeviceName = Type.String({
  minLength: 1,
  maxLength: authLimits.deviceName,
  pattern: noControls,
});

const MintPairing = Type.Object(
  { scope: Type.Optional(Type.Enum([...scopes])), name: Type.Optional(DeviceName) },
  { additionalProperties: false },
);

const ExchangePairing = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 200, description: "as typed, or the secret of a link" }),
    kind: Type.Optional(Type.Enum(["cookie", "token"])),
    name: Type.Optional(DeviceName),
  },
  { additionalProperties: false },
);

/** How a new device comes to a credential of its own. */
export function pairingRoutes(app: HttpApp, { auth }: HttpParts): void {
  app.post("/api/pairing", { config: { scope: "admin" }, schema: { body: MintPairing } }, ({ body, from }, reply) => {
    const { scope = "prompt", name } = body;
    const { code, secret, expiresAt } = auth.pairing.mint({ scope, name });
    const links = auth.baseUrls(from).map((base) => `${base}#pair=${secret}`);
    return reply.code(201).send({ code, secret, scope, links, expires_at: new Date(expiresAt).toISOString() });
  });

  app.post("/api/pair", { config: { scope: "public" }, schema: { body: ExchangePairing } }, (request, reply) => {
    const { code, kind = "cookie", name } = request.body;
    const { device, token } = auth.pairing.exchange(code, { address: request.from.address, name });
    request.device = device;
    const shown = { device: { id: device.id, name: device.name, scope: device.scope } };
    if (kind === "token") return { ...shown, token };
    return reply.header("set-cookie", auth.cookie(token, request.from)).send(shown);
  });
}
