const { send } = require('micro');
const microCors = require('micro-cors');

const cors = microCors({
  allowMethods: ['GET', 'OPTIONS'],
  origin: 'https://shop.example',
});

module.exports = cors((req, res) => {
  if (req.method === 'OPTIONS') return send(res, 204);
  return send(res, 200, { EUR: 1, CHF: 0.94 });
});
