module.exports = {
  devServer: {
    headers: {
      'Access-Control-Allow-Origin': ['https://app.example.com', 'http://localhost:3000'],
    },
  },
};
