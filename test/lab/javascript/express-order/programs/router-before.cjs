const express = require('express');
const cors = require('cors');

const app = express();
const router = express.Router();
router.get('/items', cors({ origin: ['https://app.example.com'] }), (req, res) => res.send('ok'));
app.use('/api', router);
app.use(cors());
app.all('/other', (req, res) => res.send('ok'));

module.exports = app;
