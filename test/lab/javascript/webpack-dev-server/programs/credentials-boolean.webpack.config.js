module.exports = {
  devServer: {
    headers: {
      'Access-Control-Allow-Origin': 'https://app.example.com',
      'Access-Control-Allow-Credentials': true,
    },
  },
};
