const express = require('express');
const cors = require('cors');
const { ordersOf } = require('./orders');

const app = express();

app.use(cors({
  origin: 'https://www.shop.example',
  credentials: true,
  maxAge: 600,
}));

app.get('/orders', async (req, res) => {
  res.json(await ordersOf(req));
});

app.listen(3000);
