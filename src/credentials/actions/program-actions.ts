import type { KnownAction } from "./action-table.ts";
import { OWN_REPOSITORY } from "./commands.ts";

/** Actions that start a program which pushes by itself. */
export const PROGRAM_ACTIONS: readonly KnownAction[] = [
  {
    uses: "helm/chart-releaser-action",
    env: {
      TOKEN: "env.CR_TOKEN",
      REPOSITORY: OWN_REPOSITORY,
      INSTALL_ONLY: "inputs.install_only",
      BRANCH: "inputs.pages_branch || 'gh-pages'",
    },
    run: `[ -z "$INSTALL_ONLY" ] || exit 0
[ -n "$TOKEN" ] || exit 1
git worktree add --detach /tmp/chart-releaser
cd /tmp/chart-releaser
git push "https://x-access-token:$TOKEN@github.com/$REPOSITORY" "HEAD:refs/heads/$BRANCH"`,
    source: "cr.sh of v1.6.0; helm/chart-releaser, pkg/git/git.go",
  },
  {
    uses: "julia-actions/julia-docdeploy",
    env: { KEY: "env.DOCUMENTER_KEY", TOKEN: "env.GITHUB_TOKEN", REPOSITORY: OWN_REPOSITORY },
    run: `git init /tmp/documenter
cd /tmp/documenter
if [ -n "$KEY" ]; then
  mkdir -p ~/.documenter
  printf '%s' "$KEY" | base64 -d > ~/.documenter/key
  git config core.sshCommand "ssh -i ~/.documenter/key"
  git push -q "git@github.com:$REPOSITORY.git" HEAD:gh-pages
elif [ -n "$TOKEN" ]; then
  git push -q "https://x-access-token:$TOKEN@github.com/$REPOSITORY.git" HEAD:gh-pages
fi`,
    source: "action.yml, which runs docs/make.jl; JuliaDocs/Documenter.jl, src/deployconfig.jl",
  },
  {
    uses: "rubygems/release-gem",
    env: { TOKEN: "github.token", REPOSITORY: OWN_REPOSITORY },
    run: `git remote set-url origin "https://x-access-token:$TOKEN@github.com/$REPOSITORY"
git push origin HEAD --tags`,
    source: "action.yml of v1; rubygems/bundler, lib/bundler/gem_helper.rb",
  },
];
