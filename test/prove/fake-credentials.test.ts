import { describe, expect, it } from "vitest";
import { FakeCredentials } from "../../src/prove/fake-credentials.ts";

const write = { access: () => "write" as const };

describe("fake credentials", () => {
  it("are equal for equal names, and the server can name them", () => {
    const [one, two] = [new FakeCredentials(), new FakeCredentials()];
    const token = one.secret("RELEASE_PAT");
    expect(two.secret("RELEASE_PAT")).toBe(token);
    expect(two.secret("OTHER")).not.toBe(token);
    expect(one.identityOf(one.accounts.get(token)?.name ?? "")).toEqual({ kind: "pat", name: "RELEASE_PAT" });
    expect(one.jobToken(write)).toMatch(/^ghs_\w{36}$/);
    expect(one.appToken("mint", write)).toHaveLength(520);
  });

  it.each([
    ["plain", (token: string) => `remote: ${token} was sent`],
    ["in a URL", (token: string) => `https://x-access-token:${token}@github.com/octo/app`],
    ["in base64, behind one byte", (token: string) => Buffer.from(`x${token}`).toString("base64")],
    ["in base64, behind two", (token: string) => Buffer.from(`xy${token}`).toString("base64")],
    ["in a header", (token: string) => Buffer.from(`x-access-token:${token}\n`).toString("base64")],
  ])("are masked %s", (_, write) => {
    const credentials = new FakeCredentials();
    const token = credentials.secret("RELEASE_PAT");
    const masked = credentials.mask(write(token));
    expect(masked).toContain("***");
    expect(masked).not.toContain(token.slice(8, 30));
    for (const shift of [0, 1, 2]) {
      const letters = Buffer.concat([Buffer.alloc(shift), Buffer.from(token)])
        .toString("base64")
        .slice(8, 40);
      expect(masked).not.toContain(letters);
    }
  });

  it("are masked line by line", () => {
    const credentials = new FakeCredentials();
    credentials.hide("-----BEGIN KEY-----\nabcdefgh\n");
    expect(credentials.mask("> abcdefgh <")).toBe("> *** <");
  });
});
