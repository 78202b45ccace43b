import type { Configuration } from 'webpack';
import 'webpack-dev-server';

const config: Configuration = {
  devServer: {
    headers: [
      { key: 'Access-Control-Allow-Origin', value: 'https://app.example.com http://localhost:3000' },
    ],
  },
};

export default config;
