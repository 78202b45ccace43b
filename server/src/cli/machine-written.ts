/**
 * Files that a tool writes for itself and that may be very large: locked versions, minified scripts, restored packages, texts of a
 * program in a language of people. Nobody sets CORS in them, so that they are neither opened nor spoken of. A call that names one has
 * it read all the same.
 */
export const machineWritten: readonly string[] = [
  '**/*.min.{js,mjs,cjs}',
  '**/*.map',
  '**/{package-lock,npm-shrinkwrap,packages.lock,packages-lock,devcontainer-lock}.json',
  '**/{project.assets,*.deps,*.runtimeconfig}.json',
  '**/{pnpm-lock,pubspec.lock,conda-lock}.{yaml,yml}',
  '**/.terraform.lock.hcl',
  '**/.pnp.{cjs,js,loader.mjs,data.json}',
  '**/.yarn/{cache,releases,unplugged}/**',
  '**/{yarn,Cargo,composer,Gemfile,poetry,uv,Pipfile,pdm,mix,Podfile,Chart,deno,bun,flake,pixi}.lock',
  '**/go.sum',
  '**/{locale,locales,i18n,translations}/**/{*.,}{[a-z][a-z],[a-z][a-z][a-z]}{[-_][A-Za-z]*,}.{json,yml,yaml}',
  '**/{locale,locales}/[a-z][a-z]{[-_][A-Za-z]*,}/**/*.{json,yml,yaml}',
];
