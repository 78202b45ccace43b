const { merge } = require('webpack-merge');

const corsHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': '*',
};

const devServer = {
  client: { overlay: true },
  headers: corsHeaders,
};

module.exports = merge({ entry: './src/index.js' }, { devServer });
