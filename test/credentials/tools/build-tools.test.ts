import { describe, expect, it } from "vitest";
import { pushesOf } from "../pushes-of.ts";
import { PRIVATE, seen } from "./seen.ts";

const scm = (text: string, properties = ""): Readonly<Record<string, string>> => ({
  "pom.xml": `<project>
  <properties>${properties}</properties>
  <scm>
    <!-- <developerConnection>scm:git:https://github.com/octo/old.git</developerConnection> -->
    <connection>scm:git:https://github.com/octo/read.git</connection>
    ${text}
  </scm>
</project>`,
});
const HTTPS = scm("<developerConnection>scm:git:https://github.com/octo/app.git</developerConnection>");

describe("maven's release plugin", () => {
  it.each([
    ["mvn -B release:prepare release:perform", HTTPS, "github-token"],
    ["./mvnw -B release:prepare", { ...HTTPS, mvnw: '#!/bin/sh\nexec java "$@"\n' }, "github-token"],
    ["mvn org.apache.maven.plugins:maven-release-plugin:3.0.1:prepare", HTTPS, "github-token"],
    ["mvn release:prepare -DpushChanges=false", HTTPS, ""],
    ["mvn release:prepare -DdryRun=true", HTTPS, ""],
    ["mvn release:perform", HTTPS, ""],
    ["mvn release:clean", HTTPS, ""],
    ["mvn deploy", HTTPS, ""],
    ["mvn release:prepare", {}, "unknown"],
    ["mvn release:prepare", scm("<developerConnection>scm:svn:x</developerConnection>"), "unknown"],
    ["mvn release:prepare", scm("<developerConnection>${a.b}</developerConnection>"), "unknown"],
  ])("%s", (run, files, expected) => {
    expect(seen(run, files)).toBe(expected);
  });

  it.each([
    ["mvn release:prepare", HTTPS, "none"],
    ["mvn release:prepare -Dusername=bot -Dpassword=$PAT", HTTPS, "pat PAT"],
    ["mvn release:prepare -DdeveloperConnectionUrl=scm:git:https://x:$PAT@github.com/octo/app.git", HTTPS, "pat PAT"],
    [
      "mvn release:prepare",
      scm(
        "<developerConnection>scm:git:${url}</developerConnection>",
        "<url>https://github.com/octo/app.git</url><project.scm.id>github</project.scm.id>",
      ),
      "unknown",
    ],
    [
      "cd app && mvn release:prepare -f pom.xml -Dusername=u -Dpassword=$PAT",
      { "app/pom.xml": HTTPS["pom.xml"] ?? "" },
      "pat PAT",
    ],
  ])("%s, where the checkout keeps nothing", (run, files, expected) => {
    expect(seen(run, files, PRIVATE)).toBe(expected);
  });

  it.each([
    ["release:prepare", "octo/app"],
    ["scm:tag", "octo/read"],
    ["scm:checkin -DconnectionType=developerConnection", "octo/app"],
  ])("%s pushes to %s", (goal, repository) => {
    const [push] = pushesOf(
      `on: push\njobs: { a: { runs-on: x, steps: [ { uses: actions/checkout@v5 }, { run: mvn ${goal} } ] } }\n`,
      HTTPS,
    );
    expect(push?.target.repository).toBe(repository);
  });
});

describe("gradle and sbt", () => {
  it.each([
    [
      "./gradlew release",
      { "build.gradle": "plugins { id 'net.researchgate.release' version '3.0.2' }" },
      "github-token",
    ],
    [
      "./gradlew release",
      { gradlew: "#!/bin/sh\nexec java\n", "build.gradle.kts": 'plugins { id("net.researchgate.release") }' },
      "github-token",
    ],
    ["./gradlew :release", { "build.gradle": "plugins { id 'pl.allegro.tech.build.axion-release' }" }, "unknown"],
    ["./gradlew build", { "build.gradle": "plugins { id 'net.researchgate.release' version '3.0.2' }" }, ""],
    [
      "sbt 'release with-defaults'",
      { "project/plugins.sbt": 'addSbtPlugin("com.github.sbt" % "sbt-release" % "1")' },
      "github-token",
    ],
    ["sbt release", { "project/plugins.sbt": 'addSbtPlugin("com.github.sbt" % "sbt-ci-release" % "1")' }, ""],
    ["sbt test", {}, ""],
    ["sbt docs/ghpagesPushSite", {}, "unknown"],
    ["./gradlew gitPublishPush", {}, "unknown"],
    ["mvn -B gitflow:release-finish", {}, "github-token"],
    ["mvn -B gitflow:release-finish -DpushRemote=false", {}, ""],
  ])("%s %j", (run, files, expected) => {
    expect(seen(run, files)).toBe(expected);
  });
});
