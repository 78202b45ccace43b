const { defineConfig } = { defineConfig: (config) => config };

module.exports = defineConfig({
  transpileDependencies: true,
  publicPath: '//localhost:8080/',
  devServer: {
    headers: {
      'Access-Control-Allow-Origin': '*',
    },
  },
});
