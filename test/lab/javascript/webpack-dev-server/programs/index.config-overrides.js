module.exports = {
  devServer: (configFunction) => (proxy, allowedHost) => {
    const config = configFunction(proxy, allowedHost);
    config.headers['Access-Control-Allow-Origin'] = '*';
    return config;
  },
};
