module.exports = {
  timeout: 100,
  load: {
    before: ['responseTime', 'logger', 'cors', 'responses', 'gzip'],
    order: ['parser'],
    after: ['parser', 'router'],
  },
  settings: {
    parser: { enabled: true, multipart: true },
    cors: { enabled: true, origin: ['https://app.example.com'] },
  },
};
