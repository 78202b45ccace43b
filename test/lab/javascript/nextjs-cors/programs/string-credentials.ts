import NextCors from 'nextjs-cors';

async function handler(req: any, res: any) {
  await NextCors(req, res, { origin: 'https://app.example.com', credentials: true });
  res.json({ ok: true });
}

export default handler;
