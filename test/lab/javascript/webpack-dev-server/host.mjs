/** Runs webpack's development server with the `devServer` of a configuration, over a build of one small file. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { answerAsHost } from '../../launchers/node-host.mjs';

/** What Create React App hands to the functions that change its server. */
const ofReactScripts = () => ({ compress: true, headers: { 'X-Served-By': 'react-scripts' } });

answerAsHost(async ({ file, port, folder }) => {
  const require = createRequire(file);
  const [webpack, WebpackDevServer] = [require('webpack'), require('webpack-dev-server')];
  const context = path.join(folder, 'source');
  fs.mkdirSync(context, { recursive: true });
  fs.writeFileSync(path.join(context, 'index.js'), 'console.log(1);');
  const compiler = webpack({
    context,
    mode: 'development',
    entry: './index.js',
    stats: 'none',
    infrastructureLogging: { level: 'none' },
  });
  const options = await optionsOf(file);
  const server = new WebpackDevServer(
    {
      ...options,
      host: '127.0.0.1',
      port,
      hot: false,
      liveReload: false,
      client: false,
      webSocketServer: false,
      static: false,
      open: false,
    },
    compiler,
  );
  await server.start();
  return () => server.stop();
});

/** As the command lines of webpack, Vue CLI, CRACO and react-app-rewired come from a configuration to the server's options. */
async function optionsOf(file) {
  // A fixed copy has a path of its own, so that nothing is remembered of the file before.
  const module = await import(pathToFileURL(file).href);
  const exported = module.default?.default ?? module.default ?? module;
  const configured =
    typeof exported === 'function' ? await exported({ WEBPACK_SERVE: true }, { mode: 'development' }) : exported;
  const config = Array.isArray(configured) ? configured.find(({ devServer }) => devServer) : configured;
  if (/webpackDevServer\.config\./.test(file)) return exported(undefined, 'localhost');
  if (typeof config.devServer !== 'function') return config.devServer;
  return /overrides/.test(file)
    ? config.devServer(ofReactScripts)(undefined, 'localhost')
    : config.devServer(ofReactScripts(), { env: 'development' });
}
