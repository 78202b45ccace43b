// The service that tells customers where their parcel is, used by the shop and by the couriers' own pages.
var builder = WebApplication.CreateBuilder(args);

builder.Services.AddCors(options =>
    options.AddPolicy("pages", policy => policy
        .WithOrigins("https://shop.example", "https://couriers.shop.example")
        .AllowAnyHeader()
        .AllowCredentials()));

var app = builder.Build();

app.UseCors("pages");
app.UseAuthorization();

app.MapGet("/deliveries/{id}", (string id) => Results.Ok(new { id, state = "on its way" })).RequireAuthorization();

app.Run();
