const { merge } = require('webpack-merge');

const common = { entry: './src/index.js', module: { rules: [] } };

module.exports = merge(common, {
  mode: 'development',
  devtool: 'inline-source-map',
  devServer: {
    headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Private-Network': 'true' },
  },
});
