import NextCors from 'nextjs-cors';

async function handler(req: any, res: any) {
  await NextCors(req, res, { origin: 'https://app.example.com', allowedHeaders: ['X-Test'], exposedHeaders: ['X-Total'], maxAge: 600 });
  res.json({ ok: true });
}

export default handler;
