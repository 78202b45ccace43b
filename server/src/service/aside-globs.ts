/**
 * The places that serve nobody, as globs: what stands there is no risk to users, and only worth a line for information. It is the
 * default of the setting `development`, and the one list of the kind.
 */

/** A developer's own machine. */
const ownMachine = [
  '**/*.{dev,development,local}.*',
  '**/{docker-,}compose[-.]{dev,local,localstack,test}.*',
  // What the containers of one place are set up with.
  '**/{docker,.docker,.devcontainer,nginx,compose,deploy,deployment}/{dev,development,local,localhost}/**',
  // Rails, Phoenix, Django and node-config have a file for each place where the program runs.
  '**/{config,environments,settings}/{dev,development,local,test}.{rb,exs,py,js,cjs,ts,json,json5,yml,yaml,toml}',
];

/** Tests, what they are made of, and what they talk to. */
const tests = [
  '**/{test,tests,__tests__,e2e,cypress,playwright}/**',
  '**/*{-,_,.}{e2e,test,tests,Test,Tests}/**',
  '**/{testdata,test-data,test_data,fixture,fixtures,__fixtures__,stub,stubs,mock,mocks,__mocks__,__snapshots__}/**',
  '**/{bench,benchmark,benchmarks}/**',
  '**/*.{test,spec,e2e-spec,mock,cy,stories}.*',
  '**/*_test.{go,py,rb,exs,ts,js}',
  // Programs have names such as `test-connection.ts`; a server's settings are called so where they are for its tests.
  '**/{test[-_]*,*[-_]test}.{conf,cfg,vcl,yml,yaml,toml}',
  '**/*_spec.rb',
  '**/features/{support,step_definitions}/**',
  '**/.github/workflows/{*[-_],}{ci,test,tests}{[-_]*,}.{yml,yaml}',
  '**/{test_*,conftest}.py',
  '**/*{Test,Tests}.{java,kt,cs,php,scala}',
  '**/.storybook/**',
];

const shownFolders = '{docs,doc,documentation,example,examples,sample,samples,demo,demos}';

/** What is there to be read. Inside of a program the same words name its own things: `com.example`, the samples of a laboratory. */
const shown = [
  `**/${shownFolders}/**`,
  `!**/{src,app,pages,routes,api,controllers,functions,internal}/**/${shownFolders}/**`,
  `${shownFolders}/**`,
];

/** What others wrote, and what a machine wrote. A shop has vendors too, below its routes. */
const foreign = [
  '**/{vendor,vendored}/**',
  '!**/{app,pages,routes,api,controllers}/**/vendor/**',
  'vendor/**',
  '**/{third_party,third-party,thirdparty,node_modules,bower_components,site-packages}/**',
  '**/{dist,generated,__generated__,cdk.out,.next,.nuxt,.output,.svelte-kit}/**',
  '**/*.{min,bundle,generated,gen}.*',
  '**/*.pb.go',
];

export const asideGlobs: readonly string[] = [...ownMachine, ...tests, ...shown, ...foreign];
