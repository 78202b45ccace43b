module.exports = [
  'https://app.example.com',
  /^https:\/\/.*\.app\.example\.com/,
];
