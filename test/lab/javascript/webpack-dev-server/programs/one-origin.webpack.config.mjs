export default {
  entry: './src/main.js',
  devServer: {
    headers: {
      'Access-Control-Allow-Origin': 'https://app.example.com',
      'Access-Control-Allow-Credentials': 'true',
    },
  },
};
