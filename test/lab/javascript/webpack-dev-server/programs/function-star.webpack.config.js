module.exports = {
  devServer: {
    headers: () => ({ 'Access-Control-Allow-Origin': '*' }),
  },
};
