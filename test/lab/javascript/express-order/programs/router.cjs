const express = require('express');
const cors = require('cors');

const app = express();
const router = express.Router();
router.use(cors({ origin: ['https://app.example.com'] }));
router.get('/items', cors({ origin: 'https://evil.example', credentials: true }), (req, res) => res.send('ok'));
router.all('/other', (req, res) => res.send('ok'));
app.use(cors({ origin: '*', exposedHeaders: ['X-Total'] }));
app.use('/api', router);
app.all('/other', (req, res) => res.send('ok'));

module.exports = app;
