module.exports = (env, argv) => ({
  mode: argv.mode,
  devServer: {
    headers: { 'Access-Control-Allow-Origin': '*' },
  },
});
