from chalice import Chalice

app = Chalice(app_name="shop")


@app.route("/", methods=["GET", "HEAD", "POST", "PUT", "DELETE"], cors=True)
def index():
    return "ok"
