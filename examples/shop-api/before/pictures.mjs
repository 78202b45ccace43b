import corser from 'corser';
import express from 'express';

const app = express();

app.use(corser.create({
  origins: ['https://shop.example', 'https://www.shop.example'],
  methods: ['GET', 'HEAD', 'PUT'],
  maxAge: 600,
}));

app.get('/pictures/:article', (req, res) => {
  res.set('Cache-Control', 'public, max-age=86400');
  res.sendFile(`${req.params.article}.webp`, { root: 'pictures' });
});

app.listen(3006);
