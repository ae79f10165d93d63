import { describe, expect, test } from "vitest";
import { apiRoutes, operationName } from "../../src/http/openapi/document.ts";
import { reference } from "../../src/http/openapi/reference.ts";
import { openHttp } from "./open-http.ts";

describe("the reference of the API", () => {
  test("it has a row for every route there is, and none for one that is not", async () => {
    const { app } = openHttp();
    await app.ready();
    expect(Object.keys(reference).toSorted()).toEqual(apiRoutes(app.routeList).map(operationName).toSorted());
  });

  test("the document: every route with what it takes, by the schemas it checks with", async () => {
    const { call } = openHttp();
    const document = (await call("GET", "/api/openapi.json")).json();
    expect(document.openapi).toBe("3.1.0");
    const create = document.paths["/api/sessions"].post;
    expect(create.requestBody.content["application/json"].schema.required).toEqual(["working_dir"]);
    expect(create.responses["201"].content["application/json"].schema.properties.id).toEqual({ type: "string" });
    const one = document.paths["/api/sessions/{id}"].get;
    expect(one.parameters[0]).toMatchObject({ name: "id", in: "path", required: true });
    const ids = Object.values<object>(document.paths).flatMap((methods) =>
      Object.values<{ operationId: string }>(methods as never).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("the page: names every route, runs nothing, and is for those who are signed in", async () => {
    const { app, call } = openHttp();
    const { body } = await call("GET", "/api/docs");
    for (const name of apiRoutes(app.routeList).map(operationName)) expect(body).toContain(`<code>${name}</code>`);
    expect(body).not.toMatch(/<script|\sstyle=|\son\w+=/i);
    expect((await call("GET", "/api/docs", { token: null })).statusCode).toBe(401);
  });
});
