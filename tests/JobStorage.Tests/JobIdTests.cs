namespace JobStorages.Tests;

public sealed class JobIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("7")]
    [InlineData("flight-42")]
    [InlineData("A.b_c-d")]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301")]
    [InlineData("a..b")]
    [InlineData("a-")]
    [InlineData("CONSOLE")]
    [InlineData("COM")]
    [InlineData("COM0")]
    [InlineData("COM10")]
    [InlineData("LPTx")]
    [InlineData("xCON")]
    [InlineData("CACHEDIR.TAG")]
    public void IsValid_ByTheRule_IsTrue(string id) => Assert.True(JobId.IsValid(id));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../..")]
    [InlineData(".hidden")]
    [InlineData("-option")]
    [InlineData("_x")]
    [InlineData("a/b")]
    [InlineData(@"a\b")]
    [InlineData("/etc")]
    [InlineData("C:")]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("a.")]
    [InlineData("lost+found")]
    [InlineData("ä")]
    [InlineData("١")]
    [InlineData("a\u0301")]
    [InlineData("CON")]
    [InlineData("con")]
    [InlineData("PRN.txt")]
    [InlineData("Aux.tar.gz")]
    [InlineData("nul.txt")]
    [InlineData("COM1")]
    [InlineData("com9.log")]
    [InlineData("LPT1")]
    public void IsValid_AgainstTheRule_IsFalse(string id) => Assert.False(JobId.IsValid(id));

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void IsValid_Length_IsBounded(int length, bool valid) => Assert.Equal(valid, JobId.IsValid(new string('a', length)));

    [Fact]
    public void Validate_NotAllowed_SaysTheRuleAndCannotForgeALogLine()
    {
        string id = "a\r\nforged" + new string('x', 1_000);

        ArgumentException e = Assert.Throws<ArgumentException>(() => JobId.Validate(id));

        Assert.Equal("id", e.ParamName);
        Assert.Contains("starts with a letter or digit", e.Message, StringComparison.Ordinal);
        Assert.Contains(@"a\u000d\u000aforged", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        Assert.True(e.Message.Length < 500);
    }
}
