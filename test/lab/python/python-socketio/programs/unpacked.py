import socketio

options = {"cors_allowed_origins": ["https://app.example.com"]}
sio = socketio.Server(async_mode="threading", **options)
app = socketio.WSGIApp(sio)
