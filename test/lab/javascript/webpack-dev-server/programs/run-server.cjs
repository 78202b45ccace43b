const fs = require('node:fs');
const path = require('node:path');
const webpack = require('webpack');
const WebpackDevServer = require('webpack-dev-server');

const context = fs.mkdtempSync(path.join(__dirname, '.source-'));
fs.writeFileSync(path.join(context, 'index.js'), 'console.log(1);');

const compiler = webpack({ context, mode: 'development', entry: './index.js', stats: 'none' });
const server = new WebpackDevServer({
  host: '127.0.0.1',
  port: process.env.PORT,
  hot: false,
  headers: { 'Access-Control-Allow-Origin': '*' },
}, compiler);

server.start();
