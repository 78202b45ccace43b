defmodule Shop.Endpoint do
  import Plug.Conn

  @origins ["https://app.example.com", "https://b.example.com"]

  def init(opts), do: opts

  def call(conn, _opts) do
    origin = conn |> get_req_header("origin") |> List.first()

    if Enum.any?(@origins, &(&1 == origin)) do
      conn |> put_resp_header("access-control-allow-origin", origin) |> send_resp(200, "ok")
    else
      send_resp(conn, 200, "ok")
    end
  end
end
