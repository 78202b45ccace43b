const { onRequest } = require('firebase-functions/v2/https');
const { balanceOf } = require('./balances');

exports.giftCard = onRequest({ region: 'europe-west1', cors: ['https://shop.example', 'https://www.shop.example'] }, async (req, res) => {
  res.json({ balance: await balanceOf(req.query.code) });
});
