using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Microsoft.Data.Sqlite;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Sameboat.Rules.Tests;

/// <summary>Only the server's storage knows which database it talks to.</summary>
public class StorageTests
{
    private const string Providers = @"^(Npgsql|Microsoft\.Data\.Sqlite|Microsoft\.EntityFrameworkCore\.Sqlite"
        + @"|SQLitePCL)(\..*)?$";

    private const string Storage = @"^Sameboat\.Server\.Storage(\..*)?$";

    private static readonly Architecture Product = new ArchLoader()
        .LoadAssemblies([.. ProjectRules.MayReference.Keys.Select(name =>
            System.Reflection.Assembly.Load(name == ProjectRules.Program ? "sameboat" : name))])
        .Build();

    [Fact]
    public void Providers_are_named_only_by_storage() => ProviderRule().Check(Product);

    [Fact]
    public void A_type_outside_storage_that_names_a_provider_is_noticed()
    {
        var samples = new ArchLoader()
            .LoadAssemblies(typeof(StorageTests).Assembly, typeof(SqliteConnection).Assembly)
            .Build();

        ProviderRule().HasNoViolations(samples).ShouldBeFalse();
    }

    [Fact]
    public void Sources_name_providers_only_in_storage() =>
        SourceRules.Providers(RepositoryTree.With(".cs", ".razor")).ShouldHold();

    [Fact]
    public void A_source_that_chooses_a_provider_is_noticed() =>
        SourceRules.Providers([new("src/Sameboat.Server/Needs/Page.cs", "class A { }\n// UseSqlite here\n")])
            .ShouldBreakAt(2);

    private static ArchUnitNET.Fluent.ArchRule<IType> ProviderRule() =>
        Types().That().DoNotResideInNamespaceMatching(Storage)
            .And().DoNotResideInNamespaceMatching(Providers)
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(Providers)
            .WithoutRequiringPositiveResults();

    /// <summary>What no type outside storage may be: one that holds a provider's connection.</summary>
    internal sealed class KnowsItsProvider
    {
        public SqliteConnection? Connection { get; init; }
    }
}
