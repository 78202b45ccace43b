const { ModuleFederationPlugin } = require('webpack').container;

/** The basket, which the shop's website loads at run time. */
module.exports = {
  entry: './src/index.js',
  output: { publicPath: 'auto' },
  plugins: [new ModuleFederationPlugin({ name: 'basket', filename: 'remoteEntry.js', exposes: { './Basket': './src/Basket.js' } })],
  devServer: {
    port: 3002,
    headers: { 'Access-Control-Allow-Origin': '*' },
  },
};
