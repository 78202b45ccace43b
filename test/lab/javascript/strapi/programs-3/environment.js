module.exports = ({ env }) => ({
  load: { before: ['responseTime', 'logger', 'cors'] },
  settings: {
    cors: { enabled: true, origin: [env('CORS_LAB_NOT_SET', 'https://app.example.com'), 'http://localhost:3000'] },
  },
});
