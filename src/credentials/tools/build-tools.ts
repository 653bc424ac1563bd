import type { Call } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";
import { optionIn, readBeside, shellWord, unknownIn, type KnownTool, type Tool, type Words } from "./tool.ts";

/** Build tools, whose plugins release and push. */
export const BUILD_TOOLS: readonly KnownTool[] = [
  {
    names: ["mvn", "mvnw", "mvnd"],
    commands: "`mvn release:prepare`, `release:branch`, `scm:checkin`, `scm:tag`, `gitflow:release-finish`",
    pushes:
      "to the URL of `developerConnection` in pom.xml, with `-Dusername` and `-Dpassword` or those of settings.xml; gitflow's goals: to `origin`",
    source: "maven.apache.org/maven-release: release:prepare; maven-scm-provider-gitexe",
    hint: "release|scm|gitflow",
    mention: String.raw`\bgitflow:(?:release|hotfix)|\b(?:release|scm)(?:-plugin)?:(?:[\w.-]+:)?(?:prepare|branch|checkin|tag)\b|-plugin:[\w.-]+:prepare\b`,
    push: releaseWithMaven,
  },
  {
    names: ["gradle", "gradlew"],
    commands: "`gradle release` (net.researchgate.release, axion-release), `gradle gitPublishPush`",
    pushes: "researchgate's: to `origin`; axion's pushes with JGit, git-publish's from a clone of its own: unknown",
    source: "researchgate/gradle-release, GitAdapter.groovy; allegro/axion-release-plugin",
    hint: "gradle",
    mention: String.raw`\bgradlew?\b[^\n;&|]{0,500}\s(?:[\w:-]{0,100}:)?(?:release|pushRelease|gitPublishPush)\b`,
    push: releaseWithGradle,
  },
  {
    names: ["sbt"],
    commands: '`sbt "release with-defaults"` (sbt-release), `sbt ghpagesPushSite`, `sbt publishMicrosite`',
    pushes: "sbt-release's: to the branch's remote; sites: from a clone of their own to what build.sbt names: unknown",
    source: "sbt/sbt-release, ReleaseExtra.scala, Vcs.scala",
    hint: "sbt",
    mention: String.raw`\bsbt\b[^\n]{0,500}\b(?:release|ghpagesPushSite|publishMicrosite|docusaurusPublishGhpages)\b`,
    push: releaseWithSbt,
  },
];

const GOAL =
  /^(?:release|scm|[\w.:-]*maven-(?:release|scm)-plugin)(?::\d[\w.-]*)?:(prepare|prepare-with-pom|branch|checkin|tag)$/;

function releaseWithMaven(words: Words, call: Call): Text | Tool | undefined {
  const property = (name: string): Text | undefined =>
    words.find((word) => word.startsWith(`-D${name}=`))?.slice(name.length + 3);
  if (words.some((word) => /^gitflow:(?:release|release-finish|hotfix-finish)$/.test(word)))
    return property("pushRemote") === "false" ? undefined : "git push origin HEAD";
  if (!words.some((word) => GOAL.test(word))) return undefined;
  if (property("pushChanges") === "false" || words.some((word) => /^-DdryRun(?:=true)?$/.test(word))) return undefined;
  const file = optionIn(words, "-f", "--file") ?? "pom.xml";
  const pom = readBeside(call, file.endsWith(".xml") ? file : `${file}/pom.xml`);
  const unknown = (reason: string): Tool => ({ run: "git push", reason });
  const given = property("developerConnectionUrl") ?? property("connectionUrl");
  if (pom === undefined && given === undefined)
    return unknown(`maven pushes to the scm URL of ${hasSymbol(file) ? "its pom.xml" : file}, which is not in sight`);
  // The scm plugin reads `connection` where nothing says otherwise, the release plugin the developers'.
  const isOfScm = !words.some((word) => /release[^:]*:/.test(word)) && property("connectionType") === undefined;
  const names = isOfScm ? ["connection"] : ["developerConnection", "connection"];
  const written = given ?? names.map((name) => elementOf(pom ?? "", name)).find((element) => element !== undefined);
  const url = expand(written ?? "", (name) => property(name) ?? elementOf(pom ?? "", name)).replace(/^scm:git:/, "");
  if (url === "" || /\$\{|^\[|^scm:/.test(url))
    return unknown("the scm URL that maven pushes to is not written out in pom.xml");
  return `git push ${withLogin(url, property, pom ?? "", call)} HEAD`;
}

/** Its user and its password stand in the URL that it gives git. */
function withLogin(url: Text, property: (name: string) => Text | undefined, pom: string, call: Call): Text {
  const [, scheme, rest = ""] = /^(https?:\/\/)(?:[^@/]*@)?(.*)$/.exec(url) ?? [];
  if (scheme === undefined) return shellWord(url);
  const [user, password] = [property("username"), property("password")];
  if (user !== undefined || password !== undefined)
    return shellWord(`${scheme}${user ?? ""}${password === undefined ? "" : `:${password}`}@${rest}`);
  const server = property("project.scm.id") ?? elementOf(pom, "project.scm.id");
  if (server === undefined) return shellWord(url);
  return shellWord(
    `${scheme}${unknownIn(call, `maven takes the user and the password of the server ${server} from its settings.xml`)}@${rest}`,
  );
}

function elementOf(xml: string, name: string): string | undefined {
  const [before = "", ...behind] = xml.split("<!--");
  const plain = [before, ...behind.map((part) => part.split("-->").slice(1).join("-->"))].join("");
  const place = new RegExp(`<${name.replace(/\./g, "\\.")}>\\s*([^<]*?)\\s*</`).exec(plain)?.[1];
  return place === "" ? undefined : place;
}

/** `${project.scm.url}` and the like, as far as they are written out. */
function expand(text: Text, property: (name: string) => Text | undefined, level = 0): Text {
  if (level > 5) return text;
  return text.replace(/\$\{([\w.-]+)\}/g, (all: string, name: string) => {
    const value = property(name);
    return value === undefined ? all : expand(value, property, level + 1);
  });
}

/** Which plugin gives it the task, its build file says. */
function releaseWithGradle(words: Words, call: Call): Text | Tool | undefined {
  if (words.some((word) => /^(?:[\w:-]*:)?gitPublishPush$/.test(word)))
    return {
      run: "git push",
      reason: "gitPublishPush pushes from a clone of its own to what the build file says, which is not read",
    };
  const isRelease = words.some((word) => /^(?:[\w:-]*:)?(?:release|pushRelease)$/.test(word));
  if (!isRelease) return undefined;
  const folder = optionIn(words, "-p", "--project-dir") ?? ".";
  const text = [
    "build.gradle",
    "build.gradle.kts",
    "settings.gradle",
    "settings.gradle.kts",
    "gradle/libs.versions.toml",
  ]
    .map((name) => readBeside(call, `${folder}/${name}`) ?? "")
    .join("\n");
  if (/net\.researchgate[.:](?:release|gradle-release)|researchgate[^\n]{0,100}release/.test(text))
    return "git push origin HEAD";
  if (/axion-release|axionRelease/.test(text))
    return { run: "git push", reason: "axion-release pushes with JGit, which looks for credentials in its own way" };
  return undefined;
}

function releaseWithSbt(words: Words, call: Call): Text | Tool | undefined {
  const site = words
    .map((word) => /\b(?:ghpagesPushSite|publishMicrosite|docusaurusPublishGhpages)\b/.exec(word)?.[0])
    .find((task) => task !== undefined);
  if (site !== undefined)
    return {
      run: "git push",
      reason: `${site} pushes from a clone of its own to what build.sbt says, which is not read`,
    };
  const isRelease = words.some((word) => /^(?:[^"]*;\s*)?release(?:\s|$)/.test(word) && !/skip-push/.test(word));
  if (!isRelease) return undefined;
  const plugins = readBeside(call, "project/plugins.sbt");
  if (plugins === undefined)
    return {
      run: "git push",
      note: "project/plugins.sbt is out of sight: if `release` is sbt-release's, this is who pushes",
    };
  return /"sbt-release"/.test(plugins) ? "git push" : undefined;
}
