module.exports = {
  webpack: { alias: {} },
  devServer: (devServerConfig, { env }) => {
    devServerConfig.headers = {
      'Access-Control-Allow-Origin': '*',
    };
    return devServerConfig;
  },
};
