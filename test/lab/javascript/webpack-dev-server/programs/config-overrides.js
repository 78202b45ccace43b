module.exports = {
  webpack: (config) => {
    config.output = { ...config.output, library: 'shop', libraryTarget: 'umd' };
    return config;
  },
  devServer: (configFunction) => (proxy, allowedHost) => {
    const config = configFunction(proxy, allowedHost);
    config.historyApiFallback = true;
    config.headers = {
      'Access-Control-Allow-Origin': '*',
    };
    return config;
  },
};
