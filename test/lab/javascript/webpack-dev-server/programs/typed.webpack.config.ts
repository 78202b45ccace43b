import type { Configuration } from 'webpack';
import type { Configuration as DevServerConfiguration } from 'webpack-dev-server';

const devServer: DevServerConfiguration = {
  port: 8081,
  headers: { 'Access-Control-Allow-Origin': '*' },
};

const config: Configuration = { mode: 'development', devServer };

export default config;
