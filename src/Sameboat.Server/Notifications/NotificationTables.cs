using Microsoft.EntityFrameworkCore;

namespace Sameboat.Server.Notifications;

/// <summary>The tables of notifications: none of them is a fold, and none leaves the node.</summary>
internal static class NotificationTables
{
    internal static void Map(ModelBuilder model)
    {
        model.Entity<SubscriptionRow>(table =>
        {
            table.ToTable("subscription");
            table.HasKey(row => row.Id);
            table.HasIndex(row => row.Account);
        });
        model.Entity<NotificationRow>(table =>
        {
            table.ToTable("notification");
            table.HasKey(row => row.Id);
            table.HasIndex(row => new { row.Account, row.Made });
            table.HasIndex(row => row.Subscription);
            table.HasIndex(row => new { row.Sent, row.Due });
        });
        model.Entity<NewsPositionRow>(table =>
        {
            table.ToTable("news_position");
            table.HasKey(row => row.Member);

            // Two nodes on one database do not both make the news of the same entries.
            table.Property(row => row.Position).IsConcurrencyToken();
        });
        model.Entity<AwaitedNewsRow>(table =>
        {
            table.ToTable("news_awaited");
            table.HasKey(row => new { row.Member, row.Position });
        });
    }
}
