"""Bids of the auction, as they come in."""
import socketio

bids = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*")
app = socketio.ASGIApp(bids)
