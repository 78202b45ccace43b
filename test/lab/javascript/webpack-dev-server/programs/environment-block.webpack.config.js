module.exports = function (env, argv) {
  const config = {
    mode: argv.mode,
    entry: './src/index.js',
  };

  config.devServer = {
    port: 9000,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Max-Age': '86400',
    },
  };

  return config;
};
