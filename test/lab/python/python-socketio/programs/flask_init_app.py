from flask import Flask
from flask_socketio import SocketIO

app = Flask(__name__)
socketio = SocketIO()
socketio.init_app(app, async_mode="threading", cors_allowed_origins=["https://app.example.com", "null"])
