module.exports = {
  devServer: {
    headers: [
      { key: 'Access-Control-Allow-Origin', value: 'https://app.example.com' },
      { key: 'Access-Control-Allow-Credentials', value: 'true' },
      { key: 'Vary', value: 'Origin' },
    ],
  },
};
